CREATE TABLE "FunctionDeployment" (
  "accountId" TEXT NOT NULL,
  "region" TEXT NOT NULL,
  "functionName" TEXT NOT NULL,
  "deployedAtMs" REAL NOT NULL,
  "codeSha256" TEXT NOT NULL,
  "codeSize" REAL NOT NULL,
  "deployedBy" TEXT NOT NULL,
  "source" TEXT NOT NULL,

  PRIMARY KEY ("accountId", "region", "functionName", "deployedAtMs")
);
CREATE INDEX "FunctionDeployment_codeSha256_idx" ON "FunctionDeployment"("codeSha256");

-- Functions that were there before: what they run now is their first known deployment.
INSERT INTO "FunctionDeployment"
SELECT "accountId", "region", "functionName", "lastModifiedMs", "codeSha256", "codeSize", 'arn:aws:iam::' || "accountId" || ':root', 'UpdateFunctionCode'
FROM "FunctionVersion" WHERE "versionNumber" = 0;
