CREATE TABLE "LogGroup" (
    "accountId" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "logGroupName" TEXT NOT NULL,
    "createdAtMs" REAL NOT NULL,
    "logGroupClass" TEXT NOT NULL,
    "kmsKeyId" TEXT,
    "retentionInDays" INTEGER,
    "deletionProtectionEnabled" BOOLEAN NOT NULL,
    "tags" TEXT NOT NULL,

    PRIMARY KEY ("accountId", "region", "logGroupName")
);

CREATE TABLE "LogStream" (
    "accountId" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "logGroupName" TEXT NOT NULL,
    "logStreamName" TEXT NOT NULL,
    "createdAtMs" REAL NOT NULL,

    PRIMARY KEY ("accountId", "region", "logGroupName", "logStreamName")
);
