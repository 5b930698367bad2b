//! A function on AWS's own runtime for Rust, as anybody would write it.
use lambda_runtime::{run, service_fn, Error, LambdaEvent};
use serde_json::{json, Value};

async fn handle(event: LambdaEvent<Value>) -> Result<Value, Error> {
    if event.payload["mode"] == "error" {
        return Err("as told".into());
    }
    Ok(json!({ "hello": event.payload["name"], "request": event.context.request_id, "arn": event.context.invoked_function_arn }))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    run(service_fn(handle)).await
}
