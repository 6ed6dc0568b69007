/**
 * Gives something to the person as a file.
 * @module
 */

/** The browser puts it where it puts what is downloaded. @param name of the file */
export function download(name: string, content: string | Uint8Array | Blob): void {
  const blob = content instanceof Blob ? content : new Blob([content as BlobPart]);
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // the browser reads it after this task
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
