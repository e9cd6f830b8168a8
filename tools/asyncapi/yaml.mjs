/** JSON values as YAML, in blocks; every text in quotes, so that none is read as something else. */
export const toYaml = (value, indent = '') => {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return JSON.stringify(value);
  if (Array.isArray(value))
    return value.map((item) => `\n${indent}- ${toYaml(item, `${indent}  `).trimStart()}`).join('');
  return Object.entries(value)
    .map(([name, member]) => `\n${indent}${nameOf(name)}: ${toYaml(member, `${indent}  `)}`)
    .join('');
};

const nameOf = (name) => (/^[A-Za-z][\w.-]*$/.test(name) ? name : JSON.stringify(name));
