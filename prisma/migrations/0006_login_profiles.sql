CREATE TABLE "IamLoginProfile" (
  "userId" TEXT NOT NULL PRIMARY KEY,
  "accountId" TEXT NOT NULL,
  "salt" TEXT NOT NULL,
  "passwordHash" TEXT NOT NULL,
  "passwordResetRequired" BOOLEAN NOT NULL,
  "createdAtMs" REAL NOT NULL,
  "passwordLastUsedAtMs" REAL
);
CREATE INDEX "IamLoginProfile_accountId_idx" ON "IamLoginProfile"("accountId");
