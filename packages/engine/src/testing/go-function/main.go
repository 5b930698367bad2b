// A function on AWS's own library for Go, as anybody would write it.
package main

import (
	"context"
	"errors"
	"io"
	"strings"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-lambda-go/lambdacontext"
)

type request struct {
	Name string `json:"name"`
	Mode string `json:"mode"`
}

func handle(ctx context.Context, event request) (any, error) {
	switch event.Mode {
	case "error":
		return nil, errors.New("as told")
	case "panic":
		panic("out of order")
	case "stream":
		return io.Reader(strings.NewReader("streamed")), nil
	}
	call, _ := lambdacontext.FromContext(ctx)
	return map[string]string{"hello": event.Name, "request": call.AwsRequestID, "arn": call.InvokedFunctionArn}, nil
}

func main() { lambda.Start(handle) }
