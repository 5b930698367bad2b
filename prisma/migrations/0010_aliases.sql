ALTER TABLE "FunctionVersion" ADD COLUMN "description" TEXT;

CREATE TABLE "FunctionAlias" (
  "accountId" TEXT NOT NULL,
  "region" TEXT NOT NULL,
  "functionName" TEXT NOT NULL,
  "aliasName" TEXT NOT NULL,
  "versionNumber" INTEGER NOT NULL,
  "additionalVersionNumber" INTEGER,
  "additionalWeight" REAL,
  "description" TEXT NOT NULL,
  "revisionId" TEXT NOT NULL,

  PRIMARY KEY ("accountId", "region", "functionName", "aliasName")
);
