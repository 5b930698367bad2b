"""What the boto3 suites share: clients, zips, and a check of AWS's errors."""

import io
import json
import zipfile

import boto3
from botocore.exceptions import ClientError

ACCOUNT = "123456789012"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/execution_role"


def client(service):
    """A client that talks to the server named by AWS_ENDPOINT_URL."""
    return boto3.client(service)


def zip_of(files):
    """A zip archive, as bytes, of the given files by name."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def policy(action, resource="*", effect="Allow"):
    """A policy of one statement, as JSON text."""
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": effect, "Action": action, "Resource": resource}]})


def trust(principal):
    """A trust policy for one principal, as JSON text."""
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}]})


class AwsErrors:
    """Mixed into a test case: `with self.refused("NoSuchEntity", "text"):`."""

    def refused(self, code, message=None):
        return _Refused(self, code, message)


class _Refused:
    def __init__(self, case, code, message):
        self.case, self.code, self.message = case, code, message

    def __enter__(self):
        return self

    def __exit__(self, kind, error, _trace):
        self.case.assertIsInstance(error, ClientError, f"{self.code} was expected")
        self.case.assertEqual(error.response["Error"]["Code"], self.code, error)
        if self.message is not None:
            self.case.assertEqual(error.response["Error"]["Message"], self.message)
        return True
