ALTER TABLE "LambdaFunction" ADD COLUMN "recursiveLoop" TEXT;
