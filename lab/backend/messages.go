package backend

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"corslab/lab/inert"
	"corslab/lab/internal/phrase"
	"corslab/lab/wire"
)

// Bounds on the resource.
const (
	maxMessages = 20
	maxText     = 200 // bytes of one message
)

// message is one element of the API's messages.
type message struct {
	ID   int
	Text string
}

func (m message) object() inert.Object {
	return inert.Object{{Name: "id", Value: inert.Number(m.ID)}, {Name: "text", Value: inert.Text(m.Text)}}
}

// messages is the resource at /messages and /messages/0. It is real: a write takes
// effect whether or not the script may read the response. It is the same under every
// other path, such as /v2/messages.
type messages struct {
	list []message
	next int
	body inert.Body // of the whole list; empty after a change
}

func newMessages() messages {
	return messages{list: []message{{0, "Hello"}, {1, "Is anybody there?"}}, next: 2}
}

// apply carries out a request. It returns the response's body and, in words, what
// changed. If the policy makes the response a redirect or a failure, nothing changes,
// as with a server that refuses.
func (m *messages) apply(r wire.Request, path string, status int) (body inert.Body, effect string) {
	collection, index := strings.HasSuffix(path, "/messages"), -1
	if folder, id := splitLast(path); strings.HasSuffix(folder, "/messages/") {
		if n, err := strconv.Atoi(id); err == nil {
			index = m.find(n)
		}
	}
	if !collection && index < 0 {
		return inert.Error("there is no " + path), ""
	}
	if status < 300 {
		effect = m.write(r, collection, index)
	}
	if effect != "" {
		m.body = inert.Body{}
	}
	switch {
	case r.Method == "DELETE":
		return m.all(), effect
	case collection && r.Method == "POST" && effect != "":
		return inert.JSON(m.list[len(m.list)-1].object()), effect
	case collection:
		return m.all(), effect
	}
	return inert.JSON(m.list[index].object()), effect
}

// all is the body for the whole collection. Most requests only read it, so it is built
// once.
func (m *messages) all() inert.Body {
	if m.body.Len() > 0 {
		return m.body
	}
	list := make(inert.List, len(m.list))
	for i, message := range m.list {
		list[i] = message.object()
	}
	m.body = inert.JSON(list)
	return m.body
}

// write changes the list if the method says so. index is -1 for the collection.
func (m *messages) write(r wire.Request, collection bool, index int) (effect string) {
	switch {
	case collection && r.Method == "POST":
		return m.add(textOf(r))
	case collection:
		return ""
	case r.Method == "PUT" || r.Method == "PATCH":
		m.list[index].Text = textOf(r)
		return fmt.Sprintf("message %d is now %q", m.list[index].ID, m.list[index].Text)
	case r.Method == "DELETE":
		id := m.list[index].ID
		m.list = append(m.list[:index:index], m.list[index+1:]...)
		return fmt.Sprintf("message %d is gone", id)
	}
	return ""
}

// splitLast splits a path after its last slash.
func splitLast(path string) (folder, last string) {
	at := strings.LastIndexByte(path, '/') + 1
	return path[:at], path[at:]
}

func (m *messages) add(text string) string {
	added := message{m.next, text}
	m.next++
	if len(m.list) == maxMessages {
		m.list = m.list[1:]
	}
	m.list = append(m.list, added)
	return fmt.Sprintf("message %d was added: %q", added.ID, added.Text)
}

func (m *messages) find(id int) int {
	for i, message := range m.list {
		if message.ID == id {
			return i
		}
	}
	return -1
}

// textOf finds a message's text in a body: the field "text" of JSON or of a form, or
// else the body itself.
func textOf(r wire.Request) string {
	body := string(r.Body)
	var object struct{ Text *string }
	if json.Unmarshal(r.Body, &object) == nil && object.Text != nil {
		body = *object.Text
	} else if strings.HasPrefix(r.Headers.Get("Content-Type"), "application/x-www-form-urlencoded") {
		if form, err := url.ParseQuery(body); err == nil && form.Has("text") {
			body = form.Get("text")
		}
	}
	return phrase.FirstBytes(strings.ToValidUTF8(body, "�"), maxText)
}
