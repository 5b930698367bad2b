CREATE TABLE "FunctionDraft" (
  "accountId" TEXT NOT NULL,
  "region" TEXT NOT NULL,
  "functionName" TEXT NOT NULL,
  "draftRevisionId" TEXT NOT NULL,
  "baseCodeSha256" TEXT NOT NULL,
  "lastModifiedMs" REAL NOT NULL,
  "lastModifiedBy" TEXT NOT NULL,
  "changes" TEXT NOT NULL,

  PRIMARY KEY ("accountId", "region", "functionName")
);

CREATE TABLE "PrivateTestEvents" (
  "accountId" TEXT NOT NULL,
  "region" TEXT NOT NULL,
  "functionName" TEXT NOT NULL,
  "owner" TEXT NOT NULL,
  "lastModifiedMs" REAL NOT NULL,
  "content" TEXT NOT NULL,

  PRIMARY KEY ("accountId", "region", "functionName", "owner")
);
