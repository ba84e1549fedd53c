/** Files that the programme's calls take, which speak JSON. */

/** A file's bytes in base 64. @param {File} file @returns {Promise<string>} */
export const coded = (file) => new Promise((done, failed) => {
  const reader = new FileReader();
  reader.onload = () => done(String(reader.result).split(",")[1] ?? "");
  reader.onerror = () => failed(reader.error);
  reader.readAsDataURL(file);
});
