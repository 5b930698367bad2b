/** What Query calls the errors that all services share and that JSON names otherwise; the others only lack `Exception` at the end. */
export const queryCodes: Readonly<Record<string, string | undefined>> = {
  InvalidSignatureException: "SignatureDoesNotMatch",
  MissingRequiredParameterException: "MissingParameter",
  UnrecognizedClientException: "InvalidClientTokenId",
};
