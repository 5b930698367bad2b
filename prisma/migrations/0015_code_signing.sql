CREATE TABLE "CodeSigningConfig" (
  "arn" TEXT NOT NULL PRIMARY KEY,
  "accountId" TEXT NOT NULL,
  "region" TEXT NOT NULL,
  "description" TEXT NOT NULL,
  "signingProfileVersionArns" TEXT NOT NULL,
  "untrustedArtifactOnDeployment" TEXT NOT NULL,
  "tags" TEXT NOT NULL,
  "createdAtMs" REAL NOT NULL,
  "lastModifiedMs" REAL NOT NULL
);
CREATE INDEX "CodeSigningConfig_accountId_region_idx" ON "CodeSigningConfig"("accountId", "region");

ALTER TABLE "LambdaFunction" ADD COLUMN "codeSigningConfigArn" TEXT;
CREATE INDEX "LambdaFunction_codeSigningConfigArn_idx" ON "LambdaFunction"("codeSigningConfigArn");
