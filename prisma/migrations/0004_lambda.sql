CREATE TABLE "LambdaFunction" (
    "accountId" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "functionName" TEXT NOT NULL,
    "createdAtMs" REAL NOT NULL,
    "lastVersion" INTEGER NOT NULL,
    "reservedConcurrency" INTEGER,
    "tags" TEXT NOT NULL,

    PRIMARY KEY ("accountId", "region", "functionName")
);

CREATE TABLE "FunctionVersion" (
    "accountId" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "functionName" TEXT NOT NULL,
    "versionNumber" INTEGER NOT NULL,
    "revisionId" TEXT NOT NULL,
    "deploymentId" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "stateReasonCode" TEXT,
    "lastUpdateStatus" TEXT,
    "lastUpdateStatusReasonCode" TEXT,
    "lastModifiedMs" REAL NOT NULL,
    "codeSha256" TEXT NOT NULL,
    "codeSize" REAL NOT NULL,
    "configuration" TEXT NOT NULL,

    PRIMARY KEY ("accountId", "region", "functionName", "versionNumber")
);

CREATE INDEX "FunctionVersion_codeSha256_idx" ON "FunctionVersion"("codeSha256");
