/** A file that is put into a container. */
export interface PackedFile {
  /** From the root, with `/` between folders: `tmp/kqltest-lab/command.sh`. */
  readonly path: string;
  readonly content: Buffer;
  /** Permission bits. */
  readonly mode: number;
}

const block = 512;

/** An archive in the format of POSIX.1-1988 (ustar), in which folders come with the files in them. Files are root's and have no time. */
export function packFiles(files: readonly PackedFile[]): Buffer {
  const entries = files.flatMap(({ path, content, mode }) => {
    const padding = Buffer.alloc((block - (content.length % block)) % block);
    return [header(path, content.length, mode), content, padding];
  });
  return Buffer.concat([...entries, Buffer.alloc(2 * block)]);
}

function header(path: string, size: number, mode: number): Buffer {
  const { name, prefix } = splitPath(path);
  const buffer = Buffer.alloc(block);
  buffer.write(name, 0);
  buffer.write(octal(mode, 7), 100);
  buffer.write(octal(0, 7), 108);
  buffer.write(octal(0, 7), 116);
  buffer.write(octal(size, 11), 124);
  buffer.write(octal(0, 11), 136);
  // While the sum is taken, blanks stand in its place.
  buffer.write("        ", 148);
  buffer.write("0", 156);
  buffer.write("ustar\x0000", 257);
  buffer.write(prefix, 345);
  const sum = buffer.reduce((total, byte) => total + byte, 0);
  buffer.write(`${octal(sum, 6)}\0 `, 148);
  return buffer;
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, "0");
}

/** `path` as the format has it: 100 bytes of name, before it 155 of folders. */
function splitPath(path: string): { readonly name: string; readonly prefix: string } {
  if (Buffer.byteLength(path) <= 100) return { name: path, prefix: "" };
  for (let at = path.indexOf("/"); at > 0; at = path.indexOf("/", at + 1)) {
    const [prefix, name] = [path.slice(0, at), path.slice(at + 1)];
    if (Buffer.byteLength(name) <= 100 && Buffer.byteLength(prefix) <= 155) return { name, prefix };
  }
  throw new Error(`the path is too long for an archive: ${path}`);
}
