"""The context object. https://docs.aws.amazon.com/lambda/latest/dg/python-context.html"""
import os
import sys
import time


def _parsed(text):
    if not text:
        return None
    import json

    return json.loads(text.encode("latin-1").decode("utf-8"))


class CognitoIdentity:
    __slots__ = ["cognito_identity_id", "cognito_identity_pool_id"]

    def __init__(self, values):
        self.cognito_identity_id = values.get("cognitoIdentityId")
        self.cognito_identity_pool_id = values.get("cognitoIdentityPoolId")


class Client:
    __slots__ = ["installation_id", "app_title", "app_version_name", "app_version_code", "app_package_name"]

    def __init__(self, values):
        for name in self.__slots__:
            setattr(self, name, values.get(name))


class ClientContext:
    __slots__ = ["custom", "env", "client"]

    def __init__(self, values):
        self.custom = values.get("custom")
        self.env = values.get("env")
        self.client = Client(values["client"]) if values.get("client") else None


class LambdaContext:
    def __init__(self, head):
        client = _parsed(head.get("lambda-runtime-client-context"))
        identity = _parsed(head.get("lambda-runtime-cognito-identity")) or {}
        self._epoch_deadline_time_in_ms = int(head["lambda-runtime-deadline-ms"])
        self.aws_request_id = head["lambda-runtime-aws-request-id"]
        self.invoked_function_arn = head.get("lambda-runtime-invoked-function-arn")
        self.tenant_id = head.get("lambda-runtime-aws-tenant-id")
        self.log_group_name = os.environ.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = os.environ.get("AWS_LAMBDA_LOG_STREAM_NAME")
        self.function_name = os.environ.get("AWS_LAMBDA_FUNCTION_NAME")
        self.memory_limit_in_mb = os.environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.function_version = os.environ.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.client_context = ClientContext(client) if client else None
        self.identity = CognitoIdentity(identity)

    def get_remaining_time_in_millis(self):
        return max(0, self._epoch_deadline_time_in_ms - int(time.time() * 1000))

    def log(self, message):
        sys.stdout.write(str(message))
        sys.stdout.flush()

    def __repr__(self):
        shown = {name: value for name, value in self.__dict__.items() if not name.startswith("_")}
        return "LambdaContext([%s])" % ",".join("%s=%s" % item for item in shown.items())
