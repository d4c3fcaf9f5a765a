/** Name of the file with the settings of a project, in its folder. Apart from what reads it: a run that is told again needs no YAML. */
export const configFile = "kqltest.config.yaml";
