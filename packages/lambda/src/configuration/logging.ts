import type { LoggingConfig as LoggingRequest } from "@mayfly/wire/lambda";
import { invalidParameter } from "../faults.ts";
import type { ConfigurationMember } from "./configuration-member.ts";

/** LoggingConfig: levels exist with the JSON format only. https://docs.aws.amazon.com/lambda/latest/dg/monitoring-logs.html */
export const logging: ConfigurationMember = {
  apply({ LoggingConfig }, previous, { key }) {
    const before: LoggingRequest = previous?.LoggingConfig ?? {};
    const asked: LoggingRequest = LoggingConfig ?? {};
    const LogFormat = asked.LogFormat ?? before.LogFormat ?? "Text";
    const LogGroup = asked.LogGroup ?? before.LogGroup ?? `/aws/lambda/${key.functionName}`;
    if (LogFormat === "Text") {
      if (asked.ApplicationLogLevel !== undefined || asked.SystemLogLevel !== undefined) {
        throw invalidParameter(
          'LogLevel is not supported when LogFormat is set to "Text". Remove LogLevel from your request or change the LogFormat to "JSON" and try again.',
        );
      }
      return { LoggingConfig: { LogFormat, LogGroup } };
    }
    const ApplicationLogLevel = asked.ApplicationLogLevel ?? before.ApplicationLogLevel ?? "INFO";
    const SystemLogLevel = asked.SystemLogLevel ?? before.SystemLogLevel ?? "INFO";
    return { LoggingConfig: { LogFormat, ApplicationLogLevel, SystemLogLevel, LogGroup } };
  },
};
