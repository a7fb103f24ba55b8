/** Reads from a message of GCC, Clang, clangd or Microsoft's C/C++ extension which name is not declared. Pure. */

const patterns = [
  // GCC: implicit declaration of function ‘fork’; Clang: call to undeclared function 'fork'; implicitly declaring library function 'exit'
  /(?:implicit declaration of function|call to undeclared (?:library )?function|implicitly declaring library function) [‘'"](?<call>\w+)/,
  // ‘SIGINT’ undeclared (first use in this function); use of undeclared identifier 'SIGINT'; identifier "SIGINT" is undefined
  /[‘'"](?<name>\w+)[’'"] (?:undeclared|was not declared in this scope)/,
  /use of undeclared identifier [‘'"](?<name>\w+)/,
  /identifier [‘'"](?<name>\w+)[’'"] is undefined/,
  // unknown type name ‘pid_t’; ‘pid_t’ does not name a type
  /unknown type name [‘'"](?<name>\w+)/,
  /[‘'"](?<name>\w+)[’'"] does not name a type/,
  // invalid application of ‘sizeof’ to incomplete type ‘struct pollfd’; variable has incomplete type 'struct pollfd'; undefined type
  /(?:incomplete|undefined) type [‘'"](?:const )?(?<tag>(?:struct |union )?\w+)/,
  /aggregate [‘'"](?<tag>(?:struct |union )?\w+) .*has incomplete type/,
  /[‘'"](?<tag>(?:struct |union )\w+)[’'"] declared inside parameter list/,
];

/** Also for messages that name a variable whose type is the one that is missing: storage size of ‘action’ isn’t known. */
export const isAboutDeclaration = (message: string): boolean =>
  /storage size of [‘'"]\w+[’'"] isn/.test(message) || undeclaredNames(message).length > 0;

/** In a form in which the table of declarations knows them: `fork()`, `SIGINT`, `struct pollfd`. */
export function undeclaredNames(message: string): string[] {
  return patterns.flatMap(pattern => {
    const { call, name, tag } = pattern.exec(message)?.groups ?? {};
    if (call) return [`${call}()`];
    // In C++ an undeclared function is an undeclared name.
    if (name) return [name, `${name}()`];
    return tag ? [tag] : [];
  });
}
