CREATE TABLE "ConsoleSession" (
  "id" TEXT NOT NULL PRIMARY KEY,
  "cookieHash" TEXT NOT NULL,
  "accountId" TEXT NOT NULL,
  "principal" TEXT NOT NULL,
  "accessKeyId" TEXT,
  "lastIssuedKeyId" TEXT,
  "createdAtMs" REAL NOT NULL,
  "expiresAtMs" REAL NOT NULL,
  "lastUsedAtMs" REAL NOT NULL,
  "sourceIp" TEXT NOT NULL,
  "userAgent" TEXT NOT NULL
);
CREATE UNIQUE INDEX "ConsoleSession_cookieHash_key" ON "ConsoleSession"("cookieHash");
CREATE INDEX "ConsoleSession_accountId_idx" ON "ConsoleSession"("accountId");
CREATE INDEX "ConsoleSession_expiresAtMs_idx" ON "ConsoleSession"("expiresAtMs");

CREATE TABLE "SigninToken" (
  "tokenHash" TEXT NOT NULL PRIMARY KEY,
  "principal" TEXT NOT NULL,
  "accessKeyId" TEXT,
  "expiresAtMs" REAL NOT NULL,
  "usedAtMs" REAL
);
CREATE INDEX "SigninToken_expiresAtMs_idx" ON "SigninToken"("expiresAtMs");
