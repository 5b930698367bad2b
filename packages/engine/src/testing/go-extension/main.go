// An external extension in the way of AWS's example in Go: registers, then prints each event that it is given.
package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
)

const identifier = "Lambda-Extension-Identifier"

var api = "http://" + os.Getenv("AWS_LAMBDA_RUNTIME_API") + "/2020-01-01/extension/"

func call(method, path, body, header, value string) (*http.Response, map[string]any) {
	request, err := http.NewRequest(method, api+path, strings.NewReader(body))
	if err != nil {
		panic(err)
	}
	request.Header.Set(header, value)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		panic(err)
	}
	defer response.Body.Close()
	answer := map[string]any{}
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		panic(err)
	}
	return response, answer
}

func main() {
	name := filepath.Base(os.Args[0])
	response, function := call("POST", "register", `{"events":["INVOKE","SHUTDOWN"]}`, "Lambda-Extension-Name", name)
	id := response.Header.Get(identifier)
	fmt.Printf("[%s] extends %v\n", name, function["functionName"])
	for {
		_, event := call("GET", "event/next", "", identifier, id)
		fmt.Printf("[%s] %v %v%v\n", name, event["eventType"], event["requestId"], event["shutdownReason"])
		if event["eventType"] == "SHUTDOWN" {
			return
		}
	}
}
