// One command by masterzen/winrm, the library of Packer and Terraform; told everything by one JSON argument.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"github.com/masterzen/winrm"
)

type told struct {
	Port     int
	HTTPS    bool
	CA       string
	Password string
	Auth     string
	Times    int
}

type ran struct {
	Code  int    `json:"code"`
	Out   string `json:"out"`
	Err   string `json:"err"`
	Error string `json:"error"`
}

func client(t told) (*winrm.Client, error) {
	var ca []byte
	if t.HTTPS {
		var err error
		if ca, err = os.ReadFile(t.CA); err != nil {
			return nil, err
		}
	}
	endpoint := winrm.NewEndpoint("127.0.0.1", t.Port, t.HTTPS, false, ca, nil, nil, 30*time.Second)
	parameters := *winrm.DefaultParameters
	switch t.Auth {
	case "basic":
	case "ntlm":
		parameters.TransportDecorator = func() winrm.Transporter { return &winrm.ClientNTLM{} }
	case "sealed":
		encryption, err := winrm.NewEncryption("ntlm")
		if err != nil {
			return nil, err
		}
		parameters.TransportDecorator = func() winrm.Transporter { return encryption }
	default:
		return nil, fmt.Errorf("unknown auth %q", t.Auth)
	}
	return winrm.NewClientWithParameters(endpoint, "Administrator", t.Password, &parameters)
}

func run(t told) (answer ran) {
	c, err := client(t)
	if err != nil {
		return ran{Error: err.Error()}
	}
	ctx, cancel := context.WithTimeout(context.Background(), 40*time.Second)
	defer cancel()
	for i := 0; i < t.Times; i++ {
		var out, errors bytes.Buffer
		code, err := c.RunWithContext(ctx, "hostname", &out, &errors)
		answer = ran{Code: code, Out: out.String(), Err: errors.String()}
		if err != nil {
			answer.Error = err.Error()
			return answer
		}
	}
	return answer
}

func main() {
	var t told
	if err := json.Unmarshal([]byte(os.Args[1]), &t); err != nil {
		panic(err)
	}
	if err := json.NewEncoder(os.Stdout).Encode(run(t)); err != nil {
		panic(err)
	}
}
