/** What is wrong with a new bucket's name; undefined if nothing is. https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export function bucketNameProblem(name: string): string | undefined {
  return rules.find(([isBroken]) => isBroken(name))?.[1];
}

const rules: readonly (readonly [isBroken: (name: string) => boolean, text: string])[] = [
  [(name) => name.length < 3 || name.length > 63, "Use 3 to 63 characters."],
  [(name) => !/^[a-z0-9.-]+$/.test(name), "Use lowercase letters, numbers, dots and hyphens."],
  [(name) => !/^[a-z0-9].*[a-z0-9]$/.test(name), "Begin and end with a letter or number."],
  [(name) => name.includes(".."), "Don't put two dots beside each other."],
  [(name) => /^\d+\.\d+\.\d+\.\d+$/.test(name), "Don't form it like an IP address."],
  [(name) => /^(xn--|sthree-|amzn-s3-demo-)/.test(name), "Don't begin with xn--, sthree- or amzn-s3-demo-, which AWS keeps for itself."],
  [
    (name) => /(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(name),
    "Don't end with -s3alias, --ol-s3, .mrap, --x-s3 or --table-s3, which AWS keeps for itself.",
  ],
];
