package scenario

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"

	"corslab/lab/internal/phrase"
)

// ReadAttempt reads an attempt's JSON strictly: each key must be known, appear once and
// have a value of its type, and nothing may follow. The JSON comes from a page or a
// link and may be hostile, and [json.Unmarshal] isn't that strict.
//
// A missing key has its zero value, which [Scenario.Open] checks.
func ReadAttempt(text []byte) (Attempt, error) {
	if !utf8.Valid(text) {
		return Attempt{}, errors.New("found bytes that aren't UTF-8; want JSON in UTF-8")
	}
	if err := checkJSON(text); err != nil {
		return Attempt{}, err
	}
	var attempt Attempt
	r := strictReader{json.NewDecoder(bytes.NewReader(text))}
	r.tokens.UseNumber()
	if err := r.read("", reflect.ValueOf(&attempt).Elem()); err != nil {
		return Attempt{}, err
	}
	return attempt, nil
}

// checkJSON checks the syntax, so that the reader gets only valid tokens.
func checkJSON(text []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(text))
	err := decoder.Decode(new(json.RawMessage))
	var syntax *json.SyntaxError
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("found JSON that ends too early; want a complete object")
	case errors.As(err, &syntax):
		return fmt.Errorf("found text that isn't JSON at byte %d; want an object", syntax.Offset)
	case err != nil:
		return fmt.Errorf("found text that isn't JSON: %w", err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return errors.New("found more text after the JSON; want one object")
	}
	return nil
}

// strictReader reads JSON into Go values, no deeper than their types.
type strictReader struct {
	tokens *json.Decoder
}

// read reads the next value. The path is for messages.
func (r strictReader) read(path string, into reflect.Value) error {
	token, err := r.tokens.Token()
	if err != nil {
		return err
	}
	return r.readFrom(token, path, into)
}

// readFrom reads the value that starts with the token.
func (r strictReader) readFrom(token json.Token, path string, into reflect.Value) error {
	switch value := token.(type) {
	case nil:
		if into.Kind() == reflect.Pointer || into.Kind() == reflect.Slice {
			return nil
		}
	case string:
		if into.Kind() == reflect.String {
			into.SetString(value)
			return nil
		}
	case bool:
		if into.Kind() == reflect.Bool {
			into.SetBool(value)
			return nil
		}
	case json.Number:
		if number, err := strconv.Atoi(value.String()); err == nil && into.Kind() == reflect.Int {
			into.SetInt(int64(number))
			return nil
		}
	case json.Delim:
		return r.readNested(value, path, into)
	}
	return wrongType(token, path, into.Type())
}

// readNested reads an object or a list.
func (r strictReader) readNested(begin json.Delim, path string, into reflect.Value) error {
	if into.Kind() == reflect.Pointer {
		into.Set(reflect.New(into.Type().Elem()))
		into = into.Elem()
	}
	switch {
	case begin == '{' && into.Kind() == reflect.Struct:
		return r.readObject(path, into)
	case begin == '[' && into.Kind() == reflect.Slice:
		return r.readList(path, into)
	}
	return wrongType(begin, path, into.Type())
}

func (r strictReader) readObject(path string, into reflect.Value) error {
	fields := fieldsOf(into.Type())
	seen := make(map[string]bool)
	for r.tokens.More() {
		token, err := r.tokens.Token()
		if err != nil {
			return err
		}
		key, _ := token.(string)
		field, known := fields.index[key]
		switch {
		case !known:
			return errors.New(phrase.UnknownKey(orAttempt(path), key, fields.names))
		case seen[key]:
			return fmt.Errorf("%s: found the key %q twice; want it once", orAttempt(path), key)
		}
		seen[key] = true
		if err := r.read(below(path, key), into.Field(field)); err != nil {
			return err
		}
	}
	_, err := r.tokens.Token()
	return err
}

// readList reads a list. No list of an attempt has more than [MaxRows] elements.
func (r strictReader) readList(path string, into reflect.Value) error {
	list := reflect.MakeSlice(into.Type(), 0, 0)
	for i := 0; r.tokens.More(); i++ {
		if i == MaxRows {
			return fmt.Errorf("%s: found more than %d elements; want at most %d", path, MaxRows, MaxRows)
		}
		list = reflect.Append(list, reflect.Zero(into.Type().Elem()))
		if err := r.read(fmt.Sprintf("%s[%d]", path, i), list.Index(i)); err != nil {
			return err
		}
	}
	into.Set(list)
	_, err := r.tokens.Token()
	return err
}

// jsonFields are the fields of a struct by their JSON keys.
type jsonFields struct {
	index map[string]int
	names []string
}

func fieldsOf(of reflect.Type) jsonFields {
	fields := jsonFields{index: make(map[string]int)}
	for i := range of.NumField() {
		if key, _, _ := strings.Cut(of.Field(i).Tag.Get("json"), ","); key != "" && key != "-" {
			fields.index[key] = i
			fields.names = append(fields.names, key)
		}
	}
	return fields
}

func wrongType(found json.Token, path string, want reflect.Type) error {
	return fmt.Errorf("%s: found %s; want %s", orAttempt(path), describeToken(found), describeType(want))
}

func describeToken(token json.Token) string {
	switch value := token.(type) {
	case nil:
		return "null"
	case string:
		return "the text " + phrase.Brief(value)
	case json.Number:
		return "the number " + phrase.FirstRunes(value.String(), 60)
	case json.Delim:
		if value == '{' {
			return "an object"
		}
		return "a list"
	}
	return fmt.Sprint(token)
}

func describeType(want reflect.Type) string {
	switch want.Kind() {
	case reflect.String:
		return "a text"
	case reflect.Int:
		return "a whole number"
	case reflect.Bool:
		return "true or false"
	case reflect.Slice:
		return "a list"
	}
	return "an object"
}

// below is the path of a key's value.
func below(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// orAttempt is the path for messages. The whole attempt has an empty one.
func orAttempt(path string) string {
	if path == "" {
		return string(SectionAttempt)
	}
	return path
}
