/** What is wrong with a statement's id; undefined if nothing is. https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html */
export const statementIdProblem = (id: string): string | undefined =>
  /^[\w-]{1,100}$/.test(id) ? undefined : "Use 1 to 100 letters, numbers, hyphens and underscores.";
