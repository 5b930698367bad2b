CREATE TABLE "FunctionPolicy" (
  "accountId" TEXT NOT NULL,
  "region" TEXT NOT NULL,
  "functionName" TEXT NOT NULL,
  "qualifier" TEXT NOT NULL,
  "policy" TEXT NOT NULL,

  PRIMARY KEY ("accountId", "region", "functionName", "qualifier")
);
