package driver

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"sync"

	"github.com/gorilla/websocket"
)

// bidi is a connection that speaks WebDriver BiDi
// (https://w3c.github.io/webdriver-bidi/).
type bidi struct {
	conn  *websocket.Conn
	event func(method string, params json.RawMessage)
	ended chan struct{} // closed when nothing more arrives

	mu      sync.Mutex // one writer at a time
	last    int
	waiting map[int]chan bidiMessage
}

// bidiMessage is a response to a command, or an event.
type bidiMessage struct {
	ID      int             `json:"id"`
	Type    string          `json:"type"` // success, error or event
	Result  json.RawMessage `json:"result"`
	Error   string          `json:"error"`
	Message string          `json:"message"`
	Method  string          `json:"method"`
	Params  json.RawMessage `json:"params"`
}

// dialBiDi connects. It calls event with each event, in order.
func dialBiDi(ctx context.Context, url string, event func(string, json.RawMessage)) (*bidi, error) {
	dialer := websocket.Dialer{NetDialContext: dialQuickAck}
	conn, _, err := dialer.DialContext(ctx, url, nil)
	if err != nil {
		return nil, fmt.Errorf("dial %s: %w", url, err)
	}
	b := &bidi{conn: conn, event: event, ended: make(chan struct{}), waiting: make(map[int]chan bidiMessage)}
	go b.read()
	return b, nil
}

func dialQuickAck(ctx context.Context, network, address string) (net.Conn, error) {
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		return quickAck{tcp}, nil
	}
	return conn, nil
}

func (b *bidi) read() {
	defer close(b.ended)
	for {
		var message bidiMessage
		if err := b.conn.ReadJSON(&message); err != nil {
			return
		}
		if message.Type == "event" {
			b.event(message.Method, message.Params)
			continue
		}
		b.mu.Lock()
		response := b.waiting[message.ID]
		delete(b.waiting, message.ID)
		b.mu.Unlock()
		if response != nil {
			response <- message
		}
	}
}

// call sends a command and, unless result is nil, decodes the response into it.
func (b *bidi) call(ctx context.Context, method string, params, result any) error {
	response, err := b.send(method, params)
	if err != nil {
		return err
	}
	select {
	case message := <-response:
		if message.Type != "success" {
			return fmt.Errorf("%s: %s: %s", method, message.Error, message.Message)
		}
		if result == nil {
			return nil
		}
		return decode(message.Result, result)
	case <-b.ended:
		return fmt.Errorf("%s: the connection ended", method)
	case <-ctx.Done():
		return fmt.Errorf("%s: %w", method, ctx.Err())
	}
}

func (b *bidi) send(method string, params any) (<-chan bidiMessage, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.last++
	response := make(chan bidiMessage, 1)
	b.waiting[b.last] = response
	if err := b.conn.WriteJSON(map[string]any{"id": b.last, "method": method, "params": params}); err != nil {
		delete(b.waiting, b.last)
		return nil, fmt.Errorf("%s: %w", method, err)
	}
	return response, nil
}

// decode reads a value that the browser sent.
func decode(raw []byte, value any) error {
	if err := json.Unmarshal(raw, value); err != nil {
		return fmt.Errorf("decode %.200s: %w", raw, err)
	}
	return nil
}
