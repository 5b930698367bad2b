CREATE TABLE "SchemaRegistry" (
  "accountId" TEXT NOT NULL,
  "region" TEXT NOT NULL,
  "registryName" TEXT NOT NULL,
  "description" TEXT,
  "tags" TEXT NOT NULL,

  PRIMARY KEY ("accountId", "region", "registryName")
);

CREATE TABLE "EventSchema" (
  "accountId" TEXT NOT NULL,
  "region" TEXT NOT NULL,
  "registryName" TEXT NOT NULL,
  "schemaName" TEXT NOT NULL,
  "type" TEXT NOT NULL,
  "description" TEXT,
  "tags" TEXT NOT NULL,
  "lastModifiedMs" REAL NOT NULL,
  "lastVersion" INTEGER NOT NULL,

  PRIMARY KEY ("accountId", "region", "registryName", "schemaName")
);

CREATE TABLE "EventSchemaVersion" (
  "accountId" TEXT NOT NULL,
  "region" TEXT NOT NULL,
  "registryName" TEXT NOT NULL,
  "schemaName" TEXT NOT NULL,
  "version" INTEGER NOT NULL,
  "type" TEXT NOT NULL,
  "createdAtMs" REAL NOT NULL,
  "content" TEXT NOT NULL,

  PRIMARY KEY ("accountId", "region", "registryName", "schemaName", "version")
);
