CREATE TABLE "EventSourceMapping" (
  "accountId" TEXT NOT NULL,
  "region" TEXT NOT NULL,
  "uuid" TEXT NOT NULL,
  "functionName" TEXT NOT NULL,
  "qualifier" TEXT,
  "kind" TEXT NOT NULL,
  "eventSourceArn" TEXT,
  "state" TEXT NOT NULL,
  "isEnabled" BOOLEAN NOT NULL,
  "lastProcessingResult" TEXT,
  "startingPositionTimestampMs" REAL,
  "settings" TEXT NOT NULL,
  "tags" TEXT NOT NULL,
  "createdAtMs" REAL NOT NULL,
  "lastModifiedMs" REAL NOT NULL,

  PRIMARY KEY ("accountId", "region", "uuid")
);
CREATE INDEX "EventSourceMapping_accountId_region_functionName_idx" ON "EventSourceMapping"("accountId", "region", "functionName");
CREATE INDEX "EventSourceMapping_accountId_region_eventSourceArn_idx" ON "EventSourceMapping"("accountId", "region", "eventSourceArn");
