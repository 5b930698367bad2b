import type { InputOf } from "@mayfly/kernel";
import { invalidRequest } from "../faults.ts";
import { onObject } from "../iam-rules.ts";
import { limits } from "../limits.ts";
import { checkDigest, checksumAlgorithms, isChecksumAlgorithm, type ChecksumAlgorithm } from "../objects/checksums.ts";
import { takeIn } from "../objects/receive.ts";
import { fileTooSmall } from "../posts/post-faults.ts";
import type { S3Operation } from "../resources.ts";
import { putObjectKeys, storeObject } from "./put-object.ts";

/**
 * A file that a browser's form posts to a bucket. It is no operation of the SDKs' model: the gateway reads the form.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html
 */
export const postObject: S3Operation<"PostObject"> = {
  iam: onObject<InputOf<"s3", "PostObject">>("s3:PutObject", { keys: putObjectKeys }),
  run: (resources, ctx, { File, Size, FileChecksum, ...input }) => {
    const algorithm = checksumOf(FileChecksum);
    return storeObject(resources, ctx, input, {
      name: "ObjectCreated:Post",
      trailerNames: [],
      async receive(wanted, receiving) {
        const mostBytes = Math.min(Size?.mostBytes ?? limits.putBytes, limits.putBytes);
        if (wanted !== undefined && algorithm !== undefined && wanted.algorithm !== algorithm)
          throw invalidRequest("Value for x-amz-checksum-algorithm does not match the checksum that is given.");
        const checksum = wanted?.algorithm ?? algorithm ?? receiving.checksum;
        const received = await takeIn(resources, File, { ...receiving, checksum, maxBytes: mostBytes });
        try {
          if (Size !== undefined && received.size < Size.leastBytes) throw fileTooSmall(received.size, Size.leastBytes);
          if (wanted !== undefined && received.checksum !== undefined) checkDigest(wanted.algorithm, wanted.value, received.checksum.value);
          return received;
        } catch (error) {
          await received.abandon();
          throw error;
        }
      },
    });
  },
};

/** @throws Fault InvalidRequest */
function checksumOf(name: string | undefined): ChecksumAlgorithm | undefined {
  if (name === undefined || isChecksumAlgorithm(name)) return name;
  throw invalidRequest(
    `Checksum algorithm provided is unsupported. Please try again with any of the valid types: [${checksumAlgorithms.join(", ")}]`,
  );
}
