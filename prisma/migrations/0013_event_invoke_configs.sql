CREATE TABLE "FunctionEventInvokeConfig" (
  "accountId" TEXT NOT NULL,
  "region" TEXT NOT NULL,
  "functionName" TEXT NOT NULL,
  "qualifier" TEXT NOT NULL,
  "maximumRetryAttempts" INTEGER,
  "maximumEventAgeSeconds" INTEGER,
  "onSuccess" TEXT,
  "onFailure" TEXT,
  "lastModifiedMs" REAL NOT NULL,

  PRIMARY KEY ("accountId", "region", "functionName", "qualifier")
);
