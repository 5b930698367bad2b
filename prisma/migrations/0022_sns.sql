CREATE TABLE "SnsTopic" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "accountId" TEXT NOT NULL,
  "region" TEXT NOT NULL,
  "topicName" TEXT NOT NULL,
  "attributes" TEXT NOT NULL,
  "tags" TEXT NOT NULL,
  "dataProtectionPolicy" TEXT,
  "createdAtMs" REAL NOT NULL,
  "deletedSubscriptionCount" INTEGER NOT NULL
);
CREATE UNIQUE INDEX "SnsTopic_accountId_region_topicName_key" ON "SnsTopic" ("accountId", "region", "topicName");

CREATE TABLE "SnsSubscription" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "topicId" INTEGER NOT NULL,
  "topicArn" TEXT NOT NULL,
  "subscriptionArn" TEXT NOT NULL,
  "ownerId" TEXT NOT NULL,
  "region" TEXT NOT NULL,
  "principalArn" TEXT NOT NULL,
  "protocol" TEXT NOT NULL,
  "endpoint" TEXT NOT NULL,
  "attributes" TEXT NOT NULL,
  "isConfirmed" BOOLEAN NOT NULL,
  "isAuthenticated" BOOLEAN NOT NULL,
  "token" TEXT,
  "createdAtMs" REAL NOT NULL,
  "endedAtMs" REAL
);
CREATE UNIQUE INDEX "SnsSubscription_subscriptionArn_key" ON "SnsSubscription" ("subscriptionArn");
CREATE UNIQUE INDEX "SnsSubscription_token_key" ON "SnsSubscription" ("token");
CREATE INDEX "SnsSubscription_topicId_idx" ON "SnsSubscription" ("topicId");
CREATE INDEX "SnsSubscription_ownerId_region_idx" ON "SnsSubscription" ("ownerId", "region");
