CREATE TABLE "FunctionReplayConfig" (
  "accountId" TEXT NOT NULL,
  "region" TEXT NOT NULL,
  "functionName" TEXT NOT NULL,

  PRIMARY KEY ("accountId", "region", "functionName")
);

CREATE TABLE "KeptInvocation" (
  "accountId" TEXT NOT NULL,
  "region" TEXT NOT NULL,
  "functionName" TEXT NOT NULL,
  "requestId" TEXT NOT NULL,
  "qualifier" TEXT NOT NULL,
  "executedVersion" TEXT NOT NULL,
  "invokedAtMs" REAL NOT NULL,
  "durationMs" REAL NOT NULL,
  "functionError" TEXT,
  "logGroupName" TEXT NOT NULL,
  "logStreamName" TEXT NOT NULL,
  "eventBytes" REAL NOT NULL,
  "sealedBytes" REAL NOT NULL,
  "event" BLOB NOT NULL,
  "response" BLOB,

  PRIMARY KEY ("accountId", "region", "functionName", "requestId")
);
CREATE INDEX "KeptInvocation_accountId_region_functionName_invokedAtMs_idx" ON "KeptInvocation"("accountId", "region", "functionName", "invokedAtMs");
CREATE INDEX "KeptInvocation_invokedAtMs_idx" ON "KeptInvocation"("invokedAtMs");
