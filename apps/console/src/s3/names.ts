/** A bucket's ARN names neither region nor account. */
export const bucketArn = (name: string): string => `arn:aws:s3:::${name}`;
/** An object's. */
export const objectArn = (bucket: string, key: string): string => `${bucketArn(bucket)}/${key}`;
/** `s3://bucket/key` */
export const s3Uri = (bucket: string, key: string): string => `s3://${bucket}/${key}`;
/** `photos` of a bucket's ARN. */
export const bucketNameOf = (arn: string): string => arn.split(":").at(-1) ?? arn;
