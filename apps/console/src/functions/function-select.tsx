import { useAwsAll } from "../api/hooks.ts";
import { paging } from "../api/paging.ts";
import { ResourceSelect, type ResourceFieldProps } from "../shared/resource-select.tsx";

interface FunctionSelectProps extends ResourceFieldProps {
  /** The function that can't be chosen. */
  readonly without?: string;
  /** ARN of the one that is chosen; empty: none. */
  readonly arn: string;
  readonly onChange: (arn: string) => void;
}

/** Chooses among the account's functions. */
export function FunctionSelect({ without, arn, ...field }: FunctionSelectProps) {
  const { data, error, refetch } = useAwsAll("lambda", "ListFunctions", {}, paging.ListFunctions);
  const options = data
    ?.filter(({ FunctionName }) => FunctionName !== without)
    .map(({ FunctionName = "", FunctionArn = "", Description }) => ({
      value: FunctionArn,
      label: FunctionName,
      ...(Description && { description: Description }),
    }));
  return (
    <ResourceSelect
      noun="function"
      options={{ data: options, error, refetch }}
      value={arn}
      nameOf={nameOf}
      empty="There is no other function yet."
      {...field}
    />
  );
}

/** `thumbnails:live` of a function's ARN. */
const nameOf = (arn: string): string => arn.split(":").slice(6).join(":");
