CREATE TABLE "FunctionProvisionedConcurrency" (
  "accountId" TEXT NOT NULL,
  "region" TEXT NOT NULL,
  "functionName" TEXT NOT NULL,
  "qualifier" TEXT NOT NULL,
  "requestedCount" INTEGER NOT NULL,
  "lastModifiedMs" REAL NOT NULL,

  PRIMARY KEY ("accountId", "region", "functionName", "qualifier")
);
