import { AccessDenied } from "@mayfly/kernel";

/**
 * No user here has an MFA device, so AWS's answer for a device that is not the caller's is always right.
 * @throws AccessDenied
 */
export function refuseSecondFactor(input: { readonly SerialNumber?: string | undefined; readonly TokenCode?: string | undefined }): void {
  if (input.SerialNumber === undefined && input.TokenCode === undefined) return;
  throw new AccessDenied("MultiFactorAuthentication failed with invalid MFA one time pass code.");
}
