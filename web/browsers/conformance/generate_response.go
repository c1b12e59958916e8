package conformance

import (
	"slices"
	"strings"

	"corslab/lab/cors"
)

// preflight returns a preflight response that allows the request, except for faults.
func (g *generator) preflight(l leg, r cors.Request) *cors.Response {
	response := &cors.Response{Status: usually(g, g.faults, pick(g, 200, 204, 204), oddStatuses()...)}
	response.Headers = append(g.shared(l, r),
		g.list("Access-Control-Allow-Methods", g.allowedMethods(r))...)
	response.Headers = append(response.Headers, g.list("Access-Control-Allow-Headers", g.allowedHeaders(r))...)
	if g.chance(25) {
		age := pick(g, "600", "0", "-1", "abc", "1.5", "", "99999999999", " 5 ", "5, 6")
		response.Headers = append(response.Headers, [2]string{"Access-Control-Max-Age", age})
	}
	if response.Status/100 == 3 && g.chance(60) {
		response.Headers = append(response.Headers, [2]string{"Location", l.origin + "/" + g.id + "/elsewhere"})
	}
	g.shuffle(response.Headers)
	return response
}

func oddStatuses() []int {
	return []int{201, 202, 203, 205, 206, 226, 299, 300, 301, 302, 303, 304, 305, 307, 308, 400, 401, 403, 404, 405, 418, 429, 500, 501, 503, 599}
}

// shared returns the headers that every response needs to pass its CORS check.
func (g *generator) shared(l leg, r cors.Request) [][2]string {
	include := r.Credentials == cors.IncludeCredentials
	var headers [][2]string
	for _, value := range g.allowedOrigins(l, include) {
		headers = append(headers, [2]string{"Access-Control-Allow-Origin", value})
	}
	credentials := []string{"true"}
	if !include {
		credentials = pick(g, nil, nil, credentials)
	}
	if g.chance(g.faults) {
		credentials = pick(g, nil, []string{"True"}, []string{"TRUE"}, []string{"false"}, []string{""}, []string{"1"}, []string{"yes"}, []string{"*"},
			[]string{"true, true"}, []string{"true", "true"}, []string{"true", "false"}, []string{" true\t"}, []string{"true;"}, []string{`"true"`}, []string{"tru\u00e9"}, []string{"true,"})
	}
	for _, value := range credentials {
		headers = append(headers, [2]string{"Access-Control-Allow-Credentials", value})
	}
	return headers
}

// allowedOrigins returns the values of Access-Control-Allow-Origin.
func (g *generator) allowedOrigins(l leg, include bool) []string {
	if g.chance(g.faults + 2) {
		return g.oddOrigins(l.caller)
	}
	if l.origin == l.caller && g.chance(50) {
		return nil
	}
	if !include && g.chance(35) {
		return []string{"*"}
	}
	return []string{l.caller}
}

func (g *generator) oddOrigins(origin string) []string {
	const other = "http://b.example"
	switch g.IntN(6) {
	case 0:
		return pick(g, nil, nil, []string{"*"})
	case 1:
		return pick(g, []string{origin, origin}, []string{origin, "*"}, []string{"*", origin}, []string{"*", "*"}, []string{other, origin}, []string{"", origin}, []string{origin, ""})
	case 2, 3:
		return []string{pick(g, "*", "null", "", "true", other, "Null", "**", "undefined", "http://[", "file://", "*, *", "http://localhost:8080", "http://127.0.0.1:8080")}
	}
	host := strings.TrimPrefix(origin, "http://")
	return []string{pick(g,
		origin+"/", strings.ToUpper(origin), origin+", "+other, origin+" "+other, origin+",", ","+origin, " "+origin+" ", origin+"\t", "*, "+origin, "* ",
		`"`+origin+`"`, "'"+origin+"'", host, "https://"+host, "http://localhost", "http://127.0.0.1", origin+".evil.example", "http://*."+host, origin+"/path", origin+"?",
		origin+"#", "http://user@"+host, "http:"+host, "http:/"+host, "//"+host, strings.Replace(origin, ":8", ":08", 1), strings.Replace(origin, ":8080", ":8081", 1),
		origin+";", "<"+origin+">", origin+"\u00e9", "http://localhost.:8080", "http://127.1:8080", "HTTP://"+host, "null, "+origin, origin+"\u00a0")}
}

// allowedMethods returns a correct value of Access-Control-Allow-Methods.
func (g *generator) allowedMethods(r cors.Request) string {
	method := r.Method
	if upper := strings.ToUpper(method); slices.Contains([]string{"DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"}, upper) {
		method = upper
	}
	if r.Credentials != cors.IncludeCredentials && g.chance(20) {
		return "*"
	}
	return pick(g, method, method, "GET, PUT, POST, DELETE, PATCH, OPTIONS, QUERY, FOO, patch, query, "+method, "GET,"+method, method+",,", "\t"+method+" , X")
}

// allowedHeaders returns a correct value of Access-Control-Allow-Headers.
func (g *generator) allowedHeaders(r cors.Request) string {
	names := []string{}
	for _, header := range r.Headers {
		names = append(names, header[0])
	}
	names = append(names, "Content-Type")
	if r.Credentials != cors.IncludeCredentials && g.chance(20) {
		return usually(g, 40, "*", "*, Authorization", "*,"+names[0])
	}
	if g.chance(10) {
		names = names[1:]
	}
	list := strings.Join(names, pick(g, ", ", ", ", ",", " ,\t", ",,"))
	return pick(g, list, list, strings.ToLower(list), strings.ToUpper(list))
}

// list returns the lines of a header that is a list of tokens: the correct value, or an
// odd one.
func (g *generator) list(name, good string) [][2]string {
	values := []string{good}
	if g.chance(g.faults + 5) {
		first, _, _ := strings.Cut(good, ",")
		values = pick(g, nil, nil, nil, []string{"*"}, []string{"X-Other"}, []string{""}, []string{" "}, []string{"*"}, []string{"* "}, []string{"*, " + first}, []string{first}, []string{strings.ToLower(good)},
			[]string{strings.ToUpper(good)}, []string{`"` + first + `"`}, []string{"(" + first + ")"}, []string{strings.ReplaceAll(good, ",", ";")}, []string{"GET; PUT"},
			[]string{"a b, " + good}, []string{good + ", (bad)"}, []string{good, "X-Other"}, []string{"X-Other", good}, []string{good, "a b"}, []string{"", good},
			[]string{", ,"}, []string{"," + good}, []string{good + ","}, []string{"@"}, []string{good + ", caf\u00e9"}, []string{good + "=1"}, []string{"GET", "content-type"}, []string{"X-Other"}, []string{"true"})
	}
	var lines [][2]string
	for _, value := range values {
		lines = append(lines, [2]string{pick(g, name, name, strings.ToLower(name)), value})
	}
	return lines
}

// response returns a response that the script can read, except for faults.
func (g *generator) response(l leg, r cors.Request) *cors.Response {
	statuses := []int{201, 202, 203, 204, 205, 226, 299, 304, 400, 401, 403, 404, 405, 409, 418, 422, 429, 451, 500, 501, 503, 599}
	response := &cors.Response{Status: usually(g, 25, 200, statuses...), Headers: g.shared(l, r)}
	if g.chance(90) {
		response.Headers = append(response.Headers, [2]string{"Content-Type", "application/json"})
	}
	response.Headers = append(response.Headers, [2]string{"X-Custom", "123456789"})
	for range g.IntN(3) {
		response.Headers = append(response.Headers, g.responseHeader())
	}
	if g.chance(45) {
		for _, value := range g.exposed() {
			response.Headers = append(response.Headers, [2]string{"Access-Control-Expose-Headers", value})
		}
	}
	if g.chance(10) {
		for _, value := range pick(g, []string{"same-origin"}, []string{"same-site"}, []string{"cross-origin"}, []string{"bogus"}, []string{"Same-Origin"},
			[]string{"same-origin", "same-origin"}, []string{"same-site, cross-origin"}, []string{""}, []string{" same-origin "}) {
			response.Headers = append(response.Headers, [2]string{"Cross-Origin-Resource-Policy", value})
		}
	}
	g.shuffle(response.Headers)
	return response
}

func (g *generator) exposed() []string {
	return pick(g, []string{"*"}, []string{"X-Custom"}, []string{"x-custom, ETag"}, []string{"X-CUSTOM,Link"}, []string{"*, X-Custom"}, []string{"X-Custom;ETag"}, []string{"X_Custom"},
		[]string{""}, []string{"(bad), X-Custom"}, []string{"X-Custom", "ETag"}, []string{"X-Custom", "(bad)"}, []string{`"X-Custom"`}, []string{"Set-Cookie, X-Custom"},
		[]string{"X-Custom", "*"}, []string{",, X-Custom ,"}, []string{"X-Custom ETag"}, []string{"X-Request-Id,\tServer"}, []string{"X-Custom, caf\u00e9"}, []string{"* , (bad)"})
}

func (g *generator) responseHeader() [2]string {
	return pick(g,
		[2]string{"ETag", `"1"`}, [2]string{"Last-Modified", "Sun, 22 Nov 2026 00:00:00 GMT"}, [2]string{"Link", "<x>; rel=help"},
		[2]string{"Cache-Control", "no-cache"}, [2]string{"Cache-Control", "max-age=60"}, [2]string{"Expires", "0"}, [2]string{"Pragma", "no-cache"},
		[2]string{"Content-Language", "en"}, [2]string{"RateLimit-Limit", "10"}, [2]string{"X-Request-Id", "7"}, [2]string{"Vary", "Origin"},
		[2]string{"Timing-Allow-Origin", "*"}, [2]string{"Server", "lab"}, [2]string{"Date", "Sun, 22 Nov 2026 00:00:00 GMT"}, [2]string{"X-Custom", "again"},
		[2]string{"x-cUSTOM", "again"}, [2]string{"X-Empty", ""}, [2]string{"X-Bytes", "caf\u00e9"}, [2]string{"Accept-Ranges", "bytes"},
		[2]string{"Content-Disposition", "inline"}, [2]string{"Allow", "GET"}, [2]string{"Age", "1"}, [2]string{"X-Content-Type-Options", "nosniff"})
}

// shuffle changes the order of the header lines in some cases.
func (g *generator) shuffle(headers [][2]string) {
	if g.chance(15) {
		g.Shuffle(len(headers), func(i, j int) { headers[i], headers[j] = headers[j], headers[i] })
	}
}
