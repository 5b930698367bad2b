"""A bucket's story, by boto3: uploads by its transfer manager with its default checksums, presigned URLs, pages, versions, and the errors that programs catch."""

import io
import os
import unittest
import urllib.request

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.config import Config

from support import AwsErrors, client

SMALL_PARTS = TransferConfig(multipart_threshold=5 << 20, multipart_chunksize=5 << 20)


class S3Test(AwsErrors, unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.aws = client("s3")
        cls.aws.create_bucket(Bucket="py-bucket")

    def test_transfer(self):
        content = os.urandom(12_000_000)
        self.aws.upload_fileobj(io.BytesIO(content), "py-bucket", "big", ExtraArgs={"Metadata": {"a": "1"}}, Config=SMALL_PARTS)
        head = self.aws.head_object(Bucket="py-bucket", Key="big", ChecksumMode="ENABLED")
        self.assertRegex(head["ETag"], r'^"[0-9a-f]{32}-3"$')
        self.assertRegex(head["ChecksumCRC32"], r"^.{8}-3$")
        self.assertEqual((head["ChecksumType"], head["Metadata"]), ("COMPOSITE", {"a": "1"}))
        back = io.BytesIO()
        self.aws.download_fileobj("py-bucket", "big", back, Config=SMALL_PARTS)
        self.assertEqual(back.getvalue(), content)
        self.aws.copy({"Bucket": "py-bucket", "Key": "big"}, "py-bucket", "copied in parts", Config=SMALL_PARTS)
        self.assertEqual(self.aws.get_object(Bucket="py-bucket", Key="copied in parts")["Body"].read(), content)

    def test_presigned_as_boto3_does_by_default(self):
        self.aws.put_object(Bucket="py-bucket", Key="shown to/ü&+.txt", Body=b"shown")
        params = {"Bucket": "py-bucket", "Key": "shown to/ü&+.txt", "ResponseContentType": "text/html"}
        url = self.aws.generate_presigned_url("get_object", Params=params)
        with urllib.request.urlopen(url) as answer:
            self.assertEqual((answer.read(), answer.headers["content-type"]), (b"shown", "text/html"))
        with self.assertRaises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(url.replace("text%2Fhtml", "text%2Fplain"))
        self.assertEqual(refused.exception.code, 403)
        with self.assertRaises(urllib.error.HTTPError) as expired:
            urllib.request.urlopen(self.aws.generate_presigned_url("get_object", Params=params, ExpiresIn=-10))
        self.assertIn(b"Request has expired", expired.exception.read())

    def test_presigned_post(self):
        """In both ways: boto3 signs posts in the older one by default."""
        for version, aws in [("s3", self.aws), ("s3v4", boto3.client("s3", config=Config(signature_version="s3v4")))]:
            post = aws.generate_presigned_post(
                "py-bucket", "posted/${filename}", Fields={"success_action_status": "201"}, Conditions=[{"success_action_status": "201"}]
            )
            self.assertEqual("x-amz-signature" in post["fields"], version == "s3v4")
            parts = [f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in post["fields"].items()]
            parts.append('--b\r\nContent-Disposition: form-data; name="file"; filename="f.txt"\r\n\r\nposted\r\n--b--\r\n')
            headers = {"Content-Type": "multipart/form-data; boundary=b"}
            with urllib.request.urlopen(urllib.request.Request(post["url"], "".join(parts).encode(), headers)) as answer:
                self.assertEqual(answer.status, 201)
                self.assertIn(b"<Key>posted/f.txt</Key>", answer.read())
            self.assertEqual(aws.get_object(Bucket="py-bucket", Key="posted/f.txt")["Body"].read(), b"posted")
            aws.delete_object(Bucket="py-bucket", Key="posted/f.txt")

    def test_resource(self):
        bucket = boto3.resource("s3").create_bucket(Bucket="py-resource")
        for key in ["a", "b/1", "b/2"]:
            bucket.put_object(Key=key, Body=key.encode())
        self.assertEqual([o.key for o in bucket.objects.page_size(1).filter(Prefix="b/")], ["b/1", "b/2"])
        bucket.Versioning().enable()
        bucket.objects.all().delete()
        self.assertEqual(list(bucket.objects.all()), [])
        self.assertEqual(len(list(bucket.object_versions.all())), 6)
        bucket.object_versions.delete()
        bucket.delete()
        self.aws.get_waiter("bucket_not_exists").wait(Bucket="py-resource")

    def test_errors(self):
        with self.assertRaises(self.aws.exceptions.NoSuchKey):
            self.aws.get_object(Bucket="py-bucket", Key="none")
        with self.assertRaises(self.aws.exceptions.NoSuchBucket):
            self.aws.list_objects_v2(Bucket="py-none")
        with self.refused("404"):
            self.aws.head_object(Bucket="py-bucket", Key="none")
        with self.refused("NoSuchTagSet"):
            self.aws.get_bucket_tagging(Bucket="py-bucket")
        with self.refused("InvalidTag"):
            self.aws.put_bucket_tagging(Bucket="py-bucket", Tagging={"TagSet": [{"Key": "a", "Value": "1"}, {"Key": "a", "Value": "2"}]})
        with self.refused("NotImplemented"):
            self.aws.put_bucket_website(Bucket="py-bucket", WebsiteConfiguration={"IndexDocument": {"Suffix": "x"}})


if __name__ == "__main__":
    unittest.main()
