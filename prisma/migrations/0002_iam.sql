CREATE TABLE "IamEntity" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "accountId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "nameKey" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "createdAtMs" REAL NOT NULL,
    "tags" TEXT NOT NULL,
    "permissionsBoundary" TEXT,
    "trustPolicy" TEXT,
    "description" TEXT,
    "maxSessionDurationSeconds" INTEGER
);

CREATE UNIQUE INDEX "IamEntity_accountId_kind_nameKey_key" ON "IamEntity"("accountId", "kind", "nameKey");

CREATE TABLE "IamInlinePolicy" (
    "accountId" TEXT NOT NULL,
    "entityId" TEXT NOT NULL,
    "policyName" TEXT NOT NULL,
    "document" TEXT NOT NULL,

    PRIMARY KEY ("entityId", "policyName")
);

CREATE TABLE "IamAttachment" (
    "accountId" TEXT NOT NULL,
    "entityId" TEXT NOT NULL,
    "policyArn" TEXT NOT NULL,

    PRIMARY KEY ("entityId", "policyArn")
);

CREATE INDEX "IamAttachment_accountId_policyArn_idx" ON "IamAttachment"("accountId", "policyArn");

CREATE TABLE "IamPolicy" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "accountId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "nameKey" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "description" TEXT,
    "defaultVersion" INTEGER NOT NULL,
    "lastVersion" INTEGER NOT NULL,
    "createdAtMs" REAL NOT NULL,
    "updatedAtMs" REAL NOT NULL,
    "tags" TEXT NOT NULL
);

CREATE UNIQUE INDEX "IamPolicy_accountId_nameKey_key" ON "IamPolicy"("accountId", "nameKey");

CREATE TABLE "IamPolicyVersion" (
    "accountId" TEXT NOT NULL,
    "policyId" TEXT NOT NULL,
    "versionNumber" INTEGER NOT NULL,
    "document" TEXT NOT NULL,
    "createdAtMs" REAL NOT NULL,

    PRIMARY KEY ("policyId", "versionNumber")
);

CREATE TABLE "IamAccessKey" (
    "accessKeyId" TEXT NOT NULL PRIMARY KEY,
    "accountId" TEXT NOT NULL,
    "ownerId" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "sealedSecret" TEXT NOT NULL,
    "createdAtMs" REAL NOT NULL
);

CREATE INDEX "IamAccessKey_accountId_ownerId_idx" ON "IamAccessKey"("accountId", "ownerId");
