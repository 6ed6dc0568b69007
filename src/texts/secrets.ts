/**
 * Texts as they may be repeated: without the user and the password that somebody wrote into a URL.
 * @module
 */

/** Where they stand, from the most certain form on; each reaches to the last @, for a password may hold one too. */
const SECRETS: readonly RegExp[] = [
  // ws://me:secret@host, whatever the secret is made of; a host's port is none, nor are the words for them
  /(?<=\/\/)(?!:PASSWORD@|HOST:)[^\s/:@]*:(?!\d{1,5}(?:[/?#\s]|:\s|$))[^\n]*(?=@)/g,
  // ws://token@host
  /(?<=\/\/)(?!:PASSWORD@)[^\s/?#]+(?=@)/g,
  // me:secret@host
  /(?<![\w.%+~/-])(?!NAME:PASSWORD@)[\w.%+~-]*:(?![\s/:\\])\S*(?=@)/g,
];

/** A text in which three dots stand for whoever a URL names before its host. */
export function withoutSecrets(text: string): string {
  const end = text.lastIndexOf('@') + 1; // behind it no form can hold
  const shown = SECRETS.reduce((said, form) => said.replace(form, '...'), text.slice(0, end));
  return shown + text.slice(end);
}
