package format

import (
	"maps"

	"go.yaml.in/yaml/v4"
)

// form describes how something is written in a file. The reader and the schema both
// follow it, so that the schema never allows a key that the reader refuses.
type form struct {
	schema  func() schema // what is allowed, without the keys and the elements
	keys    []key         // of a mapping, otherwise nil
	element func() form   // of a list, otherwise nil
	read    func(r *reader, path string, node *yaml.Node)
}

// key is one key of a mapping. The path that its form gets is that of the value.
type key struct {
	name     string
	required bool
	form     form
}

func required(name string, f form) key { return key{name, true, f} }

func optional(name string, f form) key { return key{name, false, f} }

// value is a form that gives a T when it is read.
type value[T any] struct {
	schema func() schema
	read   func(r *reader, path string, node *yaml.Node) T
}

// into is the form that stores what it reads.
func (v value[T]) into(target *T) form {
	return v.to(func(found T) { *target = found })
}

// to is the form that passes on what it reads.
func (v value[T]) to(set func(T)) form {
	return form{schema: v.schema, read: func(r *reader, path string, node *yaml.Node) { set(v.read(r, path, node)) }}
}

// pointer is a value that can be left out.
func pointer[T any](v value[T]) value[*T] {
	return value[*T]{v.schema, func(r *reader, path string, node *yaml.Node) *T { return new(v.read(r, path, node)) }}
}

// present is the form of something that exists only if the file has it.
func present[T any](target **T, of func(*T) form) form {
	found := new(T)
	return of(found).then(func(*reader, string, *yaml.Node) { *target = found })
}

// entry is the form of one entry of a map.
func entry[K comparable, T any](target *map[K]T, name K, of func(*T) form) form {
	found := new(T)
	return of(found).then(func(*reader, string, *yaml.Node) {
		if *target == nil {
			*target = make(map[K]T)
		}
		(*target)[name] = *found
	})
}

// mapping has these keys and no others.
func mapping(keys ...key) form {
	return form{
		schema: func() schema { return mappingSchema(keys) },
		keys:   keys,
		read:   func(r *reader, path string, node *yaml.Node) { r.mapping(path, node, keys) },
	}
}

// list is a list of texts. An empty one is stored as empty, not as nil.
func list[T any](target *[]T, of func(*T) form) form {
	f := elements(target, textExample, of)
	return f.first(func() { *target = []T{} })
}

// rows is a list of mappings.
func rows[T any](target *[]T, of func(*T) form) form {
	return elements(target, rowExample, of)
}

// elements appends each element to the target after it was read.
func elements[T any](target *[]T, example func(*yaml.Node) string, of func(*T) form) form {
	return form{
		schema:  func() schema { return schema{"type": "array"} },
		element: func() form { return of(new(T)) },
		read: func(r *reader, path string, node *yaml.Node) {
			r.elements(path, node, example, func(path string, node *yaml.Node) {
				found := new(T)
				of(found).read(r, path, node)
				*target = append(*target, *found)
			})
		},
	}
}

// first is the form with something to do before it is read.
func (f form) first(set func()) form {
	read := f.read
	f.read = func(r *reader, path string, node *yaml.Node) {
		set()
		read(r, path, node)
	}
	return f
}

// then is the form with a check after it was read.
func (f form) then(check func(r *reader, path string, node *yaml.Node)) form {
	read := f.read
	f.read = func(r *reader, path string, node *yaml.Node) {
		read(r, path, node)
		check(r, path, node)
	}
	return f
}

// consistent is the form with a check that is made only if reading it found no
// problem.
func (f form) consistent(check func(r *reader, path string, node *yaml.Node)) form {
	read := f.read
	f.read = func(r *reader, path string, node *yaml.Node) {
		before := len(r.problems)
		read(r, path, node)
		if len(r.problems) == before {
			check(r, path, node)
		}
	}
	return f
}

// and is the form with more in its schema.
func (f form) and(more func() schema) form {
	whole := f.schema
	f.schema = func() schema {
		s := whole()
		maps.Copy(s, more())
		return s
	}
	return f
}

// atMost bounds a list. Of one that is longer, nothing is read.
func (f form) atMost(most int, what string) form {
	read := f.read
	f.read = func(r *reader, path string, node *yaml.Node) {
		if node.Kind == yaml.SequenceNode && len(node.Content) > most {
			r.report(node, "%s: found %d %s; at most %d are allowed", path, len(node.Content), what, most)
			return
		}
		read(r, path, node)
	}
	return f.and(func() schema { return schema{"maxItems": most} })
}

// notEmpty refuses a list without elements.
func (f form) notEmpty(want string) form {
	return f.then(func(r *reader, path string, node *yaml.Node) {
		if node.Kind == yaml.SequenceNode && len(node.Content) == 0 {
			r.report(node, "%s: found an empty list; want %s", path, want)
		}
	}).and(func() schema { return schema{"minItems": 1} })
}
