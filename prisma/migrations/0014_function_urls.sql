CREATE TABLE "FunctionUrl" (
  "accountId" TEXT NOT NULL,
  "region" TEXT NOT NULL,
  "functionName" TEXT NOT NULL,
  "qualifier" TEXT NOT NULL,
  "urlId" TEXT NOT NULL,
  "authType" TEXT NOT NULL,
  "invokeMode" TEXT NOT NULL,
  "cors" TEXT,
  "createdAtMs" REAL NOT NULL,
  "lastModifiedMs" REAL NOT NULL,

  PRIMARY KEY ("accountId", "region", "functionName", "qualifier")
);

CREATE UNIQUE INDEX "FunctionUrl_urlId_key" ON "FunctionUrl"("urlId");
