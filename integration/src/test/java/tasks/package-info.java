/** What a user's code looks like from outside: tasks in a package that has nothing to do with execnet4j's. What channels give may be null: a test fails where it is. */
package tasks;
