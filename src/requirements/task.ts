// An Ansible task as data; render writes it as YAML.

/** A list item or value with a comment at the end of its line (the source of one feature of many). */
export interface Commented {
  value: string | number | boolean;
  comment: string;
}

export type TaskValue =
  string | number | boolean | null | Commented | TaskValue[] | { [key: string]: TaskValue };

export interface AnsibleTask {
  /** Starts with a capital letter (ansible-lint, name[casing]). */
  name: string;
  /** Lines that stand as comments above the task: sources and reasons. */
  comments: string[];
  /** Fully qualified, e.g. `ansible.windows.win_feature`. */
  module: string;
  args: Record<string, TaskValue>;
  register?: string;
  when?: string;
  /** More task keywords, e.g. `changed_when`. */
  keywords?: Record<string, TaskValue>;
}
