CREATE TABLE "SqsQueue" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "accountId" TEXT NOT NULL,
  "region" TEXT NOT NULL,
  "queueName" TEXT NOT NULL,
  "attributes" TEXT NOT NULL,
  "deadLetterTargetArn" TEXT,
  "tags" TEXT NOT NULL,
  "createdAtMs" REAL NOT NULL,
  "lastModifiedMs" REAL NOT NULL,
  "purgedAtMs" REAL
);
CREATE UNIQUE INDEX "SqsQueue_accountId_region_queueName_key" ON "SqsQueue" ("accountId", "region", "queueName");
CREATE INDEX "SqsQueue_deadLetterTargetArn_idx" ON "SqsQueue" ("deadLetterTargetArn");

CREATE TABLE "SqsDeletedQueue" (
  "accountId" TEXT NOT NULL,
  "region" TEXT NOT NULL,
  "queueName" TEXT NOT NULL,
  "deletedAtMs" REAL NOT NULL,

  PRIMARY KEY ("accountId", "region", "queueName")
);
