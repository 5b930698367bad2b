CREATE TABLE "Layer" (
  "accountId" TEXT NOT NULL,
  "region" TEXT NOT NULL,
  "layerName" TEXT NOT NULL,
  "lastVersion" INTEGER NOT NULL,

  PRIMARY KEY ("accountId", "region", "layerName")
);

CREATE TABLE "LayerVersion" (
  "accountId" TEXT NOT NULL,
  "region" TEXT NOT NULL,
  "layerName" TEXT NOT NULL,
  "versionNumber" INTEGER NOT NULL,
  "codeSha256" TEXT NOT NULL,
  "codeSize" REAL NOT NULL,
  "description" TEXT NOT NULL,
  "licenseInfo" TEXT,
  "compatibleRuntimes" TEXT,
  "compatibleArchitectures" TEXT,
  "createdAtMs" REAL NOT NULL,
  "policy" TEXT,
  "policyRevisionId" TEXT,

  PRIMARY KEY ("accountId", "region", "layerName", "versionNumber")
);
CREATE INDEX "LayerVersion_codeSha256_idx" ON "LayerVersion"("codeSha256");

ALTER TABLE "FunctionVersion" ADD COLUMN "layers" TEXT NOT NULL DEFAULT '[]';
