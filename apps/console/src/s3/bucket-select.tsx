import { ResourceSelect, type ResourceFieldProps } from "../shared/resource-select.tsx";
import { useBuckets } from "./bucket.ts";

interface BucketSelectProps extends ResourceFieldProps {
  /** Name of the one that is chosen; empty: none. */
  readonly bucket: string;
  readonly onChange: (bucket: string) => void;
}

/** Chooses among the account's buckets. */
export function BucketSelect({ bucket, ...field }: BucketSelectProps) {
  const { data, error, refetch } = useBuckets({ staleTime: 0 });
  const options = data?.map(({ name, region }) => ({ value: name, label: name, description: region }));
  return (
    <ResourceSelect noun="bucket" options={{ data: options, error, refetch }} value={bucket} empty="There is no bucket yet." {...field} />
  );
}
