// The operations that the console calls are typed by what wire says of each service.
import "@mayfly/wire/iam";
import "@mayfly/wire/lambda";
import "@mayfly/wire/logs";
import "@mayfly/wire/mayfly";
import "@mayfly/wire/s3";
import "@mayfly/wire/schemas";
import "@mayfly/wire/sns";
import "@mayfly/wire/sqs";
