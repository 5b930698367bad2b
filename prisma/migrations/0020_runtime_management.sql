ALTER TABLE "FunctionVersion" ADD COLUMN "updateRuntimeOn" TEXT;
