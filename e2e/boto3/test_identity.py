"""Every IAM and STS operation of this version, by boto3."""

import json
import unittest

import boto3
from support import ACCOUNT, AwsErrors, client, policy, trust


class RolesTest(AwsErrors, unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.aws = client("iam")

    def test_life(self):
        created = self.aws.create_role(RoleName="py-role", Path="/team/", AssumeRolePolicyDocument=trust({"Service": "lambda.amazonaws.com"}), Tags=[{"Key": "a", "Value": "1"}])["Role"]
        self.assertEqual(created["Arn"], f"arn:aws:iam::{ACCOUNT}:role/team/py-role")
        self.assertEqual(self.aws.get_role(RoleName="py-role")["Role"]["AssumeRolePolicyDocument"]["Statement"][0]["Principal"], {"Service": "lambda.amazonaws.com"})
        self.assertIn("py-role", [r["RoleName"] for page in self.aws.get_paginator("list_roles").paginate(PathPrefix="/team/") for r in page["Roles"]])
        self.aws.update_role(RoleName="py-role", Description="changed", MaxSessionDuration=7200)
        self.aws.update_assume_role_policy(RoleName="py-role", PolicyDocument=trust({"Service": "events.amazonaws.com"}))
        role = self.aws.get_role(RoleName="py-role")["Role"]
        self.assertEqual((role["Description"], role["MaxSessionDuration"]), ("changed", 7200))
        self.assertEqual(self.aws.list_role_tags(RoleName="py-role")["Tags"], [{"Key": "a", "Value": "1"}])
        self.aws.tag_role(RoleName="py-role", Tags=[{"Key": "b", "Value": "2"}])
        self.aws.untag_role(RoleName="py-role", TagKeys=["a"])
        self.assertEqual(self.aws.list_role_tags(RoleName="py-role")["Tags"], [{"Key": "b", "Value": "2"}])
        with self.refused("EntityAlreadyExists", "Role with name py-role already exists."):
            self.aws.create_role(RoleName="py-role", AssumeRolePolicyDocument=trust("*"))
        self.aws.put_role_policy(RoleName="py-role", PolicyName="in", PolicyDocument=policy("s3:*"))
        self.assertEqual(self.aws.list_role_policies(RoleName="py-role")["PolicyNames"], ["in"])
        self.assertEqual(self.aws.get_role_policy(RoleName="py-role", PolicyName="in")["PolicyDocument"]["Statement"][0]["Action"], "s3:*")
        with self.refused("DeleteConflict", "Cannot delete entity, must delete policies first."):
            self.aws.delete_role(RoleName="py-role")
        self.aws.delete_role_policy(RoleName="py-role", PolicyName="in")
        self.aws.delete_role(RoleName="py-role")
        with self.refused("NoSuchEntity", "The role with name py-role cannot be found."):
            self.aws.get_role(RoleName="py-role")


class PoliciesTest(AwsErrors, unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.aws = client("iam")

    def test_versions(self):
        arn = self.aws.create_policy(PolicyName="py-policy", PolicyDocument=policy("s3:GetObject"))["Policy"]["Arn"]
        self.assertEqual(arn, f"arn:aws:iam::{ACCOUNT}:policy/py-policy")
        for number in range(2, 6):
            self.aws.create_policy_version(PolicyArn=arn, PolicyDocument=policy(f"s3:Get{number}"), SetAsDefault=number == 5)
        with self.refused("LimitExceeded"):
            self.aws.create_policy_version(PolicyArn=arn, PolicyDocument=policy("s3:*"))
        self.assertEqual(self.aws.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"], "v5")
        self.assertEqual(self.aws.get_policy_version(PolicyArn=arn, VersionId="v2")["PolicyVersion"]["Document"]["Statement"][0]["Action"], "s3:Get2")
        with self.refused("DeleteConflict"):
            self.aws.delete_policy_version(PolicyArn=arn, VersionId="v5")
        self.aws.set_default_policy_version(PolicyArn=arn, VersionId="v1")
        for version in ["v2", "v3", "v4", "v5"]:
            self.aws.delete_policy_version(PolicyArn=arn, VersionId=version)
        self.assertEqual([v["VersionId"] for v in self.aws.list_policy_versions(PolicyArn=arn)["Versions"]], ["v1"])
        self.aws.create_role(RoleName="py-attached", AssumeRolePolicyDocument=trust({"Service": "lambda.amazonaws.com"}))
        self.aws.attach_role_policy(RoleName="py-attached", PolicyArn=arn)
        self.assertEqual(self.aws.list_attached_role_policies(RoleName="py-attached")["AttachedPolicies"], [{"PolicyName": "py-policy", "PolicyArn": arn}])
        self.assertEqual([r["RoleName"] for r in self.aws.list_entities_for_policy(PolicyArn=arn)["PolicyRoles"]], ["py-attached"])
        with self.refused("DeleteConflict"):
            self.aws.delete_policy(PolicyArn=arn)
        self.aws.detach_role_policy(RoleName="py-attached", PolicyArn=arn)
        self.aws.delete_policy(PolicyArn=arn)
        self.aws.delete_role(RoleName="py-attached")
        with self.refused("NoSuchEntity"):
            self.aws.get_policy(PolicyArn=arn)

    def test_aws_managed_policies_are_listed_page_by_page(self):
        pages = list(self.aws.get_paginator("list_policies").paginate(Scope="AWS", PaginationConfig={"PageSize": 5}))
        self.assertGreater(len(pages), 1)
        self.assertIn("AWSLambdaBasicExecutionRole", [p["PolicyName"] for page in pages for p in page["Policies"]])

    def test_malformed_documents(self):
        for document in ["{", "{}", '{"Version":"2012-10-17","Statement":[{"Effect":"Maybe","Action":"*","Resource":"*"}]}']:
            with self.refused("MalformedPolicyDocument"):
                self.aws.create_policy(PolicyName="py-broken", PolicyDocument=document)


class UsersTest(AwsErrors, unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.aws = client("iam")

    def test_life(self):
        self.aws.create_user(UserName="py-user")
        with self.refused("EntityAlreadyExists", "User with name py-user already exists."):
            self.aws.create_user(UserName="py-user")
        self.assertEqual(self.aws.get_user(UserName="py-user")["User"]["Arn"], f"arn:aws:iam::{ACCOUNT}:user/py-user")
        self.assertIn("py-user", [u["UserName"] for page in self.aws.get_paginator("list_users").paginate() for u in page["Users"]])
        self.aws.update_user(UserName="py-user", NewUserName="py-renamed")
        self.aws.put_user_policy(UserName="py-renamed", PolicyName="in", PolicyDocument=policy("s3:*"))
        self.assertEqual(self.aws.get_user_policy(UserName="py-renamed", PolicyName="in")["PolicyDocument"]["Statement"][0]["Effect"], "Allow")
        self.assertEqual(self.aws.list_user_policies(UserName="py-renamed")["PolicyNames"], ["in"])
        managed = "arn:aws:iam::aws:policy/service-role/AWSLambdaRole"
        self.aws.attach_user_policy(UserName="py-renamed", PolicyArn=managed)
        self.assertEqual(len(self.aws.list_attached_user_policies(UserName="py-renamed")["AttachedPolicies"]), 1)
        keys = [self.aws.create_access_key(UserName="py-renamed")["AccessKey"] for _ in range(2)]
        with self.refused("LimitExceeded"):
            self.aws.create_access_key(UserName="py-renamed")
        self.aws.update_access_key(UserName="py-renamed", AccessKeyId=keys[0]["AccessKeyId"], Status="Inactive")
        self.assertEqual(sorted(k["Status"] for k in self.aws.list_access_keys(UserName="py-renamed")["AccessKeyMetadata"]), ["Active", "Inactive"])
        sts = boto3.client("sts", aws_access_key_id=keys[1]["AccessKeyId"], aws_secret_access_key=keys[1]["SecretAccessKey"])
        self.assertEqual(sts.get_caller_identity()["Arn"], f"arn:aws:iam::{ACCOUNT}:user/py-renamed")
        with self.refused("DeleteConflict"):
            self.aws.delete_user(UserName="py-renamed")
        for key in keys:
            self.aws.delete_access_key(UserName="py-renamed", AccessKeyId=key["AccessKeyId"])
        self.aws.detach_user_policy(UserName="py-renamed", PolicyArn=managed)
        self.aws.delete_user_policy(UserName="py-renamed", PolicyName="in")
        self.aws.delete_user(UserName="py-renamed")
        with self.refused("NoSuchEntity", "The user with name py-renamed cannot be found."):
            self.aws.get_user(UserName="py-renamed")


class SessionsTest(AwsErrors, unittest.TestCase):
    def test_root(self):
        sts = client("sts")
        self.assertEqual(sts.get_caller_identity()["Arn"], f"arn:aws:iam::{ACCOUNT}:root")
        session = sts.get_session_token(DurationSeconds=900)["Credentials"]
        temporary = boto3.client("sts", aws_access_key_id=session["AccessKeyId"], aws_secret_access_key=session["SecretAccessKey"], aws_session_token=session["SessionToken"])
        self.assertEqual(temporary.get_caller_identity()["Account"], ACCOUNT)

    def test_assume_role(self):
        iam, sts = client("iam"), client("sts")
        iam.create_user(UserName="py-assumer")
        key = iam.create_access_key(UserName="py-assumer")["AccessKey"]
        arn = iam.create_role(RoleName="py-assumed", AssumeRolePolicyDocument=trust({"AWS": f"arn:aws:iam::{ACCOUNT}:user/py-assumer"}))["Role"]["Arn"]
        user = boto3.client("sts", aws_access_key_id=key["AccessKeyId"], aws_secret_access_key=key["SecretAccessKey"])
        assumed = user.assume_role(RoleArn=arn, RoleSessionName="one", Policy=json.dumps(json.loads(policy("s3:*"))))
        self.assertEqual(assumed["AssumedRoleUser"]["Arn"], f"arn:aws:sts::{ACCOUNT}:assumed-role/py-assumed/one")
        with self.refused("ValidationError"):
            user.assume_role(RoleArn=arn, RoleSessionName="one", DurationSeconds=7200)
        with self.refused("AccessDenied"):
            sts.assume_role(RoleArn=f"arn:aws:iam::{ACCOUNT}:role/nobody", RoleSessionName="one")
