import { readFileSync } from "node:fs";
import ts from "typescript";

/** Members of `process` that a file uses, by whatever spelling, comments and strings excepted. */
export function processMembers(file: string): readonly { member: string; line: number }[] {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, false);
  const found: { member: string; line: number }[] = [];
  const add = (member: string, node: ts.Node): void => {
    found.push({ member, line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1 });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) && isProcess(node.expression)) add(node.name.text, node);
    if (ts.isElementAccessExpression(node) && isProcess(node.expression)) add(keyOf(node), node);
    if (ts.isVariableDeclaration(node) && node.initializer && isProcess(node.initializer)) {
      for (const name of boundNames(node.name)) add(name, node);
    }
    if (
      ts.isImportDeclaration(node) &&
      /^(node:)?process$/.test((node.moduleSpecifier as ts.StringLiteral).text)
    ) {
      for (const name of importedNames(node)) add(name, node);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** `process`, `globalThis.process`, `global.process`. */
function isProcess(node: ts.Expression): boolean {
  if (ts.isIdentifier(node)) return node.text === "process";
  return (
    ts.isPropertyAccessExpression(node) && node.name.text === "process" && ts.isIdentifier(node.expression)
  );
}

function keyOf(node: ts.ElementAccessExpression): string {
  return ts.isStringLiteralLike(node.argumentExpression) ? node.argumentExpression.text : "*";
}

function boundNames(name: ts.BindingName): string[] {
  if (!ts.isObjectBindingPattern(name)) return ["*"];
  return name.elements.map(({ propertyName, name: local }) => {
    const key = propertyName ?? local;
    return ts.isIdentifier(key) || ts.isStringLiteralLike(key) ? key.text : "*";
  });
}

function importedNames(node: ts.ImportDeclaration): string[] {
  const bindings = node.importClause?.namedBindings;
  // `import process from "node:process"` names the object itself; its uses are found as `process.x`.
  if (bindings === undefined) return node.importClause?.name?.text === "process" ? [] : ["*"];
  if (ts.isNamespaceImport(bindings)) return ["*"];
  return bindings.elements.map((element) => (element.propertyName ?? element.name).text);
}
